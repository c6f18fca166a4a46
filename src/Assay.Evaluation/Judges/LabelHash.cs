using System.Security.Cryptography;
using System.Text;

namespace Assay.Evaluation;

/// <summary>Identity of a labelled item, so that labels which shaped a judge are known again when it is calibrated.</summary>
public static class LabelHash
{
    /// <param name="item">Its id or text; blanks at its ends and kinds of line ends make no difference.</param>
    /// <returns>64 lower-case hex digits.</returns>
    public static string Of(string item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item.ReplaceLineEndings("\n").Trim())));
    }
}
