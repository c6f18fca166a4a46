using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Experiments.Tests.Assignment;

/// <summary>Short units take a digest of our own: it must be the platform's, to the bit, at every length around the boundary.</summary>
public sealed class Sha256BlockTests
{
    [Fact]
    public void VariantBucket_EveryLength_IsThePlatformsSha256()
    {
        const int seed = 11;
        var random = new Random(seed);
        foreach (var salt in new[] { "", "s", "grüße", new string('x', 40) })
        {
            var assigner = new ExperimentAssigner(Experiments.Of(HashKind.Sha256, salt, [0.5, 0.5]));
            for (var length = 1; length <= 140; length++)
                for (var round = 0; round < 20; round++)
                {
                    var unit = string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(round % 2 == 0 ? 0x7f : 0x2fff)));
                    var expected = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(salt + unit))) / 4294967296.0;
                    Assert.True(expected == assigner.VariantBucket(unit), $"seed {seed}, salt '{salt}', length {length}, round {round}");
                }
        }
    }
}
