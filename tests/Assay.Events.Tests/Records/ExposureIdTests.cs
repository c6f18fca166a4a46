using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Events.Tests.Records;

public sealed class ExposureIdTests
{
    [Fact]
    public void For_EveryLength_IsThePlatformsSha256()
    {
        for (var length = 1; length <= 120; length++)
            foreach (var letter in "xü")
            {
                var unit = new string(letter, length);
                var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"7:support:3:{unit}")));
                hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
                hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
                Assert.Equal(new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString(), ExposureId.For("support", 3, unit));
            }
    }
}
