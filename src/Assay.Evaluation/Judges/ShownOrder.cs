using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Evaluation;

/// <summary>The order in which two answers are shown: a coin that falls the same way whenever the run is repeated.</summary>
public static class ShownOrder
{
    /// <summary>True: the treatment is shown first. Fair over cases, and independent from judge to judge and repeat to repeat.</summary>
    public static bool TreatmentFirst(long seed, string judge, string caseId, string control, string treatment, int repeat, int judgeRepeat)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"order\n{seed}\n{judge}\n{caseId}\n{control}\n{treatment}\n{repeat}\n{judgeRepeat}");
        return (SHA256.HashData(Encoding.UTF8.GetBytes(text))[0] & 1) == 1;
    }
}
