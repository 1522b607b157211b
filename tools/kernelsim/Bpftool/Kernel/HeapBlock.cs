namespace KernelSim.Tool.Bpftool.Kernel;

/// <summary>A block of a process's heap, with what the tool puts into it and finds in it. Disposing of it frees the block.</summary>
internal sealed class HeapBlock : IDisposable
{
    private readonly ProcessMemory _memory;

    /// <summary>Allocates a block of zeros.</summary>
    /// <param name="memory">The process's memory.</param>
    /// <param name="length">Bytes; 0 for no block.</param>
    public HeapBlock(ProcessMemory memory, uint length)
    {
        _memory = memory;
        Bytes = new byte[length];
        Address = length == 0 ? 0 : memory.Allocate(length);
        Push();
    }

    /// <summary>The block's address; NULL for none.</summary>
    public ulong Address { get; }

    /// <summary>The tool's copy of it.</summary>
    public byte[] Bytes { get; }

    /// <summary>Copies the tool's bytes into the block.</summary>
    public void Push()
    {
        if (Address != 0)
        {
            _memory.Write(Address, Bytes);
        }
    }

    /// <summary>Copies the block into the tool's bytes.</summary>
    public void Pull()
    {
        if (Address != 0)
        {
            _memory.Read(Address, Bytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Address != 0)
        {
            _memory.Free(Address);
        }
    }
}
