using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Experiments.Tests.Assignment;

/// <summary>Short units take a digest of our own: it must be the platform's, to the bit, at every length around the boundary.</summary>
public sealed class Md5BlockTests
{
    [Fact]
    public void VariantBucket_EveryLength_IsThePlatformsMd5()
    {
        const int seed = 11;
        var random = new Random(seed);
        foreach (var salt in new[] { "s", "grüße", new string('x', 40) })
        {
            var assigner = new ExperimentAssigner(Experiments.Of(HashKind.Md5Mod10000, salt, [0.5, 0.5]));
            for (var length = 1; length <= 140; length++)
                for (var round = 0; round < 20; round++)
                {
                    var unit = string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(round % 2 == 0 ? 0x7f : 0x2fff)));
#pragma warning disable CA5351 // The convention of md5-10000, no secret.
                    var expected = (int)(BinaryPrimitives.ReadUInt128BigEndian(MD5.HashData(Encoding.UTF8.GetBytes($"{salt}:{unit}"))) % 10000) / 10000.0;
#pragma warning restore CA5351
                    Assert.True(expected == assigner.VariantBucket(unit), $"seed {seed}, salt '{salt}', length {length}, round {round}");
                }
        }
    }
}
