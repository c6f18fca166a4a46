using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Assay.Experiments;

namespace Assay.Events;

/// <summary>The id of an exposure is a function of what it stands for, so that repeating it (a retry, a restart) repeats the same event.</summary>
public static class ExposureId
{
    /// <summary>A UUID (version 8) from SHA-256 over experiment, version and unit, with lengths so that no two triples collide by concatenation.</summary>
    public static string For(string experiment, int version, string unit)
    {
        ArgumentException.ThrowIfNullOrEmpty(experiment);
        ArgumentException.ThrowIfNullOrEmpty(unit);
        Span<byte> hash = stackalloc byte[32];
        Span<byte> block = stackalloc byte[64];
        if (Utf8.TryWrite(block, CultureInfo.InvariantCulture, $"{experiment.Length}:{experiment}:{version}:{unit}", out var length) && length <= Sha256Block.LongestMessage)
            Sha256Block.FirstHalf(block, length, hash);
        else
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{experiment.Length}:{experiment}:{version}:{unit}")), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
