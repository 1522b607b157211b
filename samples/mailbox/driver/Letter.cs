using KernelSim.Nt.Mm;

namespace KernelSim.Samples.Mailbox.Driver;

/// <summary>A letter that waits for a receiver, in pool. The code that takes it from the queue frees it.</summary>
internal readonly unsafe struct Letter
{
    private static readonly PoolTag s_tag = new("Mail");

    private readonly byte* _block;
    private readonly int _length;

    private Letter(byte* block, int length)
    {
        _block = block;
        _length = length;
    }

    /// <summary>The letter's content.</summary>
    public ReadOnlySpan<byte> Bytes => new(_block, _length);

    /// <summary>Copies bytes into pool; false if pool refuses.</summary>
    public static bool TryWrite(Pool pool, ReadOnlySpan<byte> bytes, out Letter letter)
    {
        byte* block = pool.Allocate((nuint)bytes.Length, s_tag, zero: false);
        letter = new Letter(block, bytes.Length);
        if (block == null)
        {
            return false;
        }

        bytes.CopyTo(new Span<byte>(block, bytes.Length));
        return true;
    }

    /// <summary>Frees the block.</summary>
    public void Free(Pool pool) => pool.Free(_block, s_tag);
}
