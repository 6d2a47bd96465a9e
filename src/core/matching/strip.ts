/** WeChat sends its own emoji as codes in the text: by name in brackets, or as old signs after a slash and a colon. */
const NAMED =
  /\[(?:微笑|撇嘴|色|发呆|得意|流泪|害羞|闭嘴|睡|大哭|尴尬|发怒|调皮|呲牙|惊讶|难过|囧|抓狂|偷笑|愉快|白眼|傲慢|困|惊恐|憨笑|悠闲|疑问|嘘|晕|衰|骷髅|敲打|再见|擦汗|抠鼻|鼓掌|坏笑|鄙视|委屈|快哭了|阴险|亲亲|可怜|笑脸|生病|脸红|破涕为笑|恐惧|失望|无语|嘿哈|捂脸|奸笑|机智|皱眉|耶|吃瓜|加油|汗|天啊|社会社会|旺柴|好的|打脸|哇|翻白眼|苦涩|叹气|裂开|嘴唇|爱心|心碎|拥抱|强|弱|握手|胜利|抱拳|勾引|拳头|合十|啤酒|咖啡|蛋糕|玫瑰|凋谢|菜刀|炸弹|便便|月亮|太阳|庆祝|礼物|红包|福|烟花|爆竹|猪头|跳跳|发抖|转圈|smile|grimace|drool|scowl|coolguy|sob|shy|silent|sleep|cry|awkward|angry|tongue|grin|surprise|frown|blush|scream|puke|chuckle|joyful|slight|smug|hungry|drowsy|panic|sweat|laugh|commando|determined|scold|shocked|shhh|dizzy|tormented|toasted|skull|hammer|bye|clap|facepalm|rose|heart|hug|thumbsup|thumbsdown|shake|peace|fight|beckon|fist|ok|worship|salute|respect|hey|smart|concerned|yeah|onlooker|goforit|omg|emm|doge|wow|sigh|party|gift|packet)\]/giu;
const SIGNS =
  /\/:(?:bye|rose|strong|weak|share|ok|no|love|heart|handclap|beer|coffee|eat|cake|li|sun|moon|gift|hug|jj|v|(?::|,@|8|--|\||\?|!|<|>|&|@|P|X|B)[^\s\p{L}\p{N}]{0,2}(?:[a-zA-Z](?![a-z]))?)/gu;

const QUOTED_LINE = /^[ \t]*[>＞].*$/gm;
const LINK = /\bhttps?:\/\/[^\s\p{Script=Han}，。？！、）]+|\bwww\.[^\s\p{Script=Han}，。？！、）]+/giu;
const SLACK_MENTION = /<[@#!][^<>\s]+>/g;

/** A text without emoji codes, links, mentions and quoted lines of earlier mail. */
export function stripCodes(text: string): string {
  return [NAMED, SIGNS, QUOTED_LINE, LINK, SLACK_MENTION].reduce((rest, code) => rest.replace(code, ' '), text);
}
