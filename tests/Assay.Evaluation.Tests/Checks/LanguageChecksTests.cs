using Assay.Evaluation.Checks;

namespace Assay.Evaluation.Tests.Checks;

public sealed class LanguageChecksTests
{
    [Theory]
    [InlineData("en", "Your refund was approved, and the money will be back in your account within five days.")]
    [InlineData("de", "Ihre Rückerstattung wurde genehmigt, und das Geld ist in fünf Tagen wieder auf Ihrem Konto.")]
    [InlineData("fr", "Votre remboursement a été accepté et l'argent sera sur votre compte dans les cinq jours.")]
    [InlineData("es", "Su reembolso fue aprobado y el dinero estará de nuevo en su cuenta en un plazo de cinco días.")]
    [InlineData("it", "Il suo rimborso è stato approvato e il denaro sarà di nuovo sul suo conto entro cinque giorni.")]
    [InlineData("pt", "O seu reembolso foi aprovado e o dinheiro estará de volta na sua conta em até cinco dias.")]
    [InlineData("nl", "Uw terugbetaling is goedgekeurd en het geld staat binnen vijf dagen weer op uw rekening.")]
    [InlineData("sv", "Din återbetalning har godkänts och pengarna är tillbaka på ditt konto inom fem dagar.")]
    [InlineData("da", "Din tilbagebetaling er blevet godkendt, og pengene er på din konto igen inden for fem dage.")]
    [InlineData("pl", "Zwrot został zatwierdzony, a pieniądze będą na Państwa koncie w ciągu pięciu dni.")]
    [InlineData("tr", "İadeniz onaylandı ve para beş gün içinde hesabınızda olacak; sabrınız için teşekkür ederiz.")]
    [InlineData("fi", "Hyvitys on hyväksytty ja rahat ovat tililläsi viiden päivän kuluessa, kiitos että odotit.")]
    [InlineData("ru", "Ваш возврат одобрен, и деньги будут на вашем счёте в течение пяти дней.")]
    [InlineData("uk", "Ваше повернення схвалено, і гроші будуть на вашому рахунку протягом п'яти днів.")]
    [InlineData("el", "Η επιστροφή σας εγκρίθηκε και τα χρήματα θα είναι στον λογαριασμό σας.")]
    [InlineData("he", "ההחזר שלך אושר והכסף יהיה בחשבונך בתוך חמישה ימים.")]
    [InlineData("ar", "تمت الموافقة على طلب الاسترداد وسيعود المبلغ إلى حسابك خلال خمسة أيام.")]
    [InlineData("fa", "بازپرداخت شما تأیید شد و پول تا پنج روز دیگر به حساب شما برمی‌گردد.")]
    [InlineData("hi", "आपका धनवापसी अनुरोध स्वीकृत हो गया है और पैसा पाँच दिनों में आपके खाते में होगा।")]
    [InlineData("th", "คำขอคืนเงินของคุณได้รับการอนุมัติแล้ว เงินจะเข้าบัญชีภายในห้าวัน")]
    [InlineData("ja", "返金が承認されました。五日以内に口座に入金されます。")]
    [InlineData("ko", "환불이 승인되었으며 5일 이내에 계좌로 입금됩니다.")]
    [InlineData("zh", "您的退款已获批准，款项将在五天内退回您的账户。")]
    public async Task Language_OfASentence_IsTold(string code, string text)
    {
        Assert.Equal((code, null), LanguageDetector.Detect(text));
        Assert.Equal("pass", Ask.Outcome(await Ask.ScoreAsync("language", $$"""{ "value": "{{code}}" }""", text)));
        Assert.Equal("fail", Ask.Outcome(await Ask.ScoreAsync("language", $$"""{ "value": "{{(code == "en" ? "de" : "en")}}" }""", text)));
    }

    [Theory]
    [InlineData("Yes.")]
    [InlineData("")]
    [InlineData("42 + 7 = 49")]
    [InlineData("Order A7 Berlin Hamburg München Köln Frankfurt")]
    [InlineData("Sajnáljuk, hogy csomagja megsérült; kérjük, küldjön fényképet róla.")]
    [InlineData("はい")]
    [InlineData("```\nfor the love of it all and that is the way\n```")]
    public async Task Language_ThatCannotBeTold_IsMissingNotAGuess(string text)
    {
        Assert.Equal("missing", Ask.Outcome(await Ask.ScoreAsync("language", """{ "value": "en" }""", text)));
        Assert.Equal("missing", Ask.Outcome(await Ask.ScoreAsync("not-language", """{ "value": "en" }""", text)));
    }

    [Fact]
    public void Create_OfUnknownLanguage_NamesThoseKnown() =>
        Assert.Contains("codes are ar, da, de", Assert.Single(Ask.Create("language", """{ "value": "klingon" }""").Problems).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("I'm sorry, but I can't help with that.")]
    [InlineData("I’m sorry, but I cannot assist with this request.")]
    [InlineData("I cannot provide instructions for making a weapon.")]
    [InlineData("I won't be able to help with that request.")]
    [InlineData("I must decline to answer.")]
    [InlineData("As an AI language model, I can't browse the internet.")]
    [InlineData("This goes against my guidelines.")]
    [InlineData("Dabei kann ich Ihnen leider nicht helfen.")]
    [InlineData("Je ne peux pas vous aider avec cela.")]
    [InlineData("Lo siento, pero no puedo ayudarte con eso.")]
    public async Task Refusal_OfKnownPhrases_Passes(string text)
    {
        Assert.Equal("pass", Ask.Outcome(await Ask.ScoreAsync("refusal", "{}", text)));
        Assert.Equal("fail", Ask.Outcome(await Ask.ScoreAsync("not-refusal", "{}", text)));
    }

    [Theory]
    [InlineData("I can't find your order yet. Could you check the number?")]
    [InlineData("I'm sorry your package is late! I can help: it ships today.")]
    [InlineData("I cannot stress enough how important the receipt is.")]
    [InlineData("Our policy allows returns within 30 days.")]
    [InlineData("Kann ich Ihnen sonst noch helfen?")]
    public async Task Refusal_OfAnAnswer_Fails(string text) => Assert.Equal("fail", Ask.Outcome(await Ask.ScoreAsync("refusal", "{}", text)));

    [Fact]
    public async Task Refusal_OfFinishReasonPhraseOrBlank_IsAsDocumented()
    {
        Assert.Equal("pass", Ask.Outcome(await Ask.ScoreAsync("refusal", "{}", new Answer { Text = "", FinishReason = "content_filter" })));
        Assert.Equal("missing", Ask.Outcome(await Ask.ScoreAsync("not-refusal", "{}", new Answer { Text = " " })));
        Assert.Equal("pass", Ask.Outcome(await Ask.ScoreAsync("refusal", """{ "phrases": "ask a lawyer" }""", "You should Ask a Lawyer.")));
        Assert.Equal("fail", Ask.Outcome(await Ask.ScoreAsync("refusal", "{}", new string('x', 320) + " I can't help with that.")));
    }
}
