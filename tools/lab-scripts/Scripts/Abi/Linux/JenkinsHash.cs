using System.Buffers.Binary;
using System.Numerics;

namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>
/// Bob Jenkins' lookup3 as <c>include/linux/jhash.h</c> has it: which bucket a key is in. With <c>BPF_F_ZERO_SEED</c> it is the same on
/// every Linux, so that a batch can be compared with the host kernel's element by element.
/// </summary>
internal static class JenkinsHash
{
    private const uint Start = 0xdeadbeef;
    private const int Word = sizeof(uint);

    /// <summary>The hash of a key: <c>jhash</c>, or <c>jhash2</c>, which gives the same for whole words.</summary>
    public static uint Of(ReadOnlySpan<byte> key, uint seed)
    {
        uint a = Start + (uint)key.Length + seed;
        uint b = a;
        uint c = a;
        while (key.Length > 3 * Word)
        {
            a += Read(key, 0);
            b += Read(key, 1);
            c += Read(key, 2);
            Mix(ref a, ref b, ref c);
            key = key[(3 * Word)..];
        }

        if (key.IsEmpty)
        {
            return c;
        }

        Span<byte> last = stackalloc byte[3 * Word];
        last.Clear();
        key.CopyTo(last);
        a += Read(last, 0);
        b += Read(last, 1);
        c += Read(last, 2);
        Finish(ref a, ref b, ref c);
        return c;
    }

    private static uint Read(ReadOnlySpan<byte> bytes, int word) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(word * Word)..]);

    private static void Mix(ref uint a, ref uint b, ref uint c)
    {
        Step(ref a, ref c, ref b, 4);
        Step(ref b, ref a, ref c, 6);
        Step(ref c, ref b, ref a, 8);
        Step(ref a, ref c, ref b, 16);
        Step(ref b, ref a, ref c, 19);
        Step(ref c, ref b, ref a, 4);
    }

    /// <summary><c>x -= y; x ^= rol32(y, bits); y += z</c>.</summary>
    private static void Step(ref uint x, ref uint y, ref uint z, int bits)
    {
        x -= y;
        x ^= BitOperations.RotateLeft(y, bits);
        y += z;
    }

    private static void Finish(ref uint a, ref uint b, ref uint c)
    {
        c = (c ^ b) - BitOperations.RotateLeft(b, 14);
        a = (a ^ c) - BitOperations.RotateLeft(c, 11);
        b = (b ^ a) - BitOperations.RotateLeft(a, 25);
        c = (c ^ b) - BitOperations.RotateLeft(b, 16);
        a = (a ^ c) - BitOperations.RotateLeft(c, 4);
        b = (b ^ a) - BitOperations.RotateLeft(a, 14);
        c = (c ^ b) - BitOperations.RotateLeft(b, 24);
    }
}
