using System.Collections.Frozen;

namespace Assay.Evaluation.Checks;

/// <summary>The commonest small words of languages in Latin and Cyrillic script. A word counts for a language by one over the number of languages that share it.</summary>
internal static class StopWords
{
    private static readonly Dictionary<string, string> Lists = new()
    {
        ["en"] = "the of and to in is you that it he was for on are with as his they at be this have from or had by not but what all were we when your can there an which their if will each about how up out them then she many some so these would into has more her two him could no than been its who now my did our me do does i don't can't it's you're i'm please thank any should after",
        ["de"] = "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde wenn können ihre ihr ich wir uns dieser diese dieses kann hier bitte vielen sehr schon keine kein ihnen ihren mein meine dann habe",
        ["fr"] = "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son sa nous vous aux cette ou mais comme été leur on je ses ont tout être fait même deux si ces votre vos elle était peut où très aussi sans dont notre lui moi mon mes c'est d'un d'une l' qu'il n'est j'ai merci bien fois après avez",
        ["es"] = "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo han yo hay vez puede todos así nos ni parte tiene él uno donde bien tiempo mismo ese ahora cada usted nuestra nuestro gracias pedido días estos",
        ["it"] = "di e il la che in a per un del è una le si con da non i dei al come sono della nel lo gli più o alla ha su anche ma delle se questo ci quando essere due dal loro nella tra ai alle cui sua suo tutti solo molto fatto dopo poi dalla mi stato dello perché hanno suoi cosa questa era prima può così io ogni vostro nostro suoi grazie entro giorni già ho sulla degli sui",
        ["pt"] = "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles estão você tinha foram essa num nem suas meu às minha têm numa nossa nosso obrigado dias são pode podem",
        ["nl"] = "de van het een en in is dat op te zijn met voor niet die aan er om ook als dan maar bij uit nog naar heeft hij ze wordt tot je door over dit we worden zich kan wel geen hebben of deze was waar moet veel meer al werd zal had mijn ik u uw kunnen binnen onze ons haar hun wij zij toen alleen heb bent onder tegen na dus zo hoe dagen graag bedankt",
        ["sv"] = "och att det i en jag hon som han på den med var sig för så till är men ett om hade de av icke mig du henne då sin nu har inte hans honom skulle hennes där min man ej vid kunde något från ut när efter upp vi dem vara vad över än dig kan sina här ha mot alla under någon eller allt mycket sedan denna själv detta åt utan varit hur ingen mitt ni bli blev oss din dessa våra er dagar tack",
        ["da"] = "og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind når være dog noget ville jo deres efter ned skulle denne end dette mit også under have dig anden hende mine alt meget sit sine vor mod disse hvis din nogle hos blive mange ad bliver hendes været jer sådan dage tak kan",
        ["pl"] = "i w na z do się nie że to jest o jak za od po ale przez przy co tak dla już tylko czy jego są być może by był jej ich lub więcej oraz ten tym tego ze także który które która kiedy jeśli było można ma mam pan pani proszę dziękuję nasz nasza państwa bardzo pod bez my wy ja te ta tej tych został dni ciągu jako również żeby",
        ["tr"] = "ve bir bu da de için ile olarak çok daha olan gibi en ne ben o var kadar sonra mi mı ya ama her değil şey nasıl diye ise ki göre olduğu olduğunu tarafından üzere ancak veya sizin siz biz bizim size bana sana içinde gün teşekkür lütfen hakkında iki yok zaman iyi tüm bunu şu eğer olur oldu edilir",
        ["fi"] = "ja on ei se että hän oli ovat en mutta joka niin kun myös tämä mitä sen jos kuin ole olla hänen minä sinä me te he voi vain jo tai mukaan sekä jotka nyt sitä koska siitä näin kanssa jälkeen sitten ollut olisi voit meidän teidän kiitos päivää päivän tilauksesi sinun minun kaikki hyvin tässä tämän niitä",
        ["ru"] = "и в не на я что он с как это по но они мы она то из у к за вы так же от бы о до для при или если уже все был была были его её их мне вас нас вам быть есть только ещё когда можно чтобы этот эта эти после может ваш ваша ваше вашего дней спасибо пожалуйста также очень без",
        ["uk"] = "і в не на я що він з як це по але вони ми вона то із у до за ви так же від би о для при або якщо вже всі був була були його її їх мені вас нас вам бути є тільки ще коли можна щоб цей ця ці після може ваш ваша ваше вашого днів дякую будь ласка також дуже без та й",
    };

    /// <summary>Languages and weights by word.</summary>
    public static FrozenDictionary<string, (string Language, double Weight)[]> Weights { get; } = Lists
        .SelectMany(l => l.Value.Split(' ').Distinct().Select(word => (Word: word, Language: l.Key)))
        .GroupBy(p => p.Word)
        .ToFrozenDictionary(g => g.Key, g => g.Select(p => (p.Language, 1.0 / g.Count())).ToArray(), StringComparer.Ordinal);
}
