namespace KernelSim.UserMode.Tests.Support;

/// <summary>A program's buffers for batch calls on one map.</summary>
internal sealed class Batch
{
    private readonly Lab _lab;
    private readonly int _fd;

    public Batch(Lab lab, int fd, uint count, uint keySize, uint valueBytes)
    {
        _lab = lab;
        _fd = fd;
        KeySize = keySize;
        ValueBytes = valueBytes;
        Keys = lab.Allocate(count * keySize);
        Values = lab.Allocate(count * valueBytes);
        OutBatch = lab.Allocate(keySize);
        Count = lab.Put(count);
    }

    public uint KeySize { get; }

    public uint ValueBytes { get; }

    public ulong Keys { get; set; }

    public ulong Values { get; set; }

    public ulong OutBatch { get; set; }

    public ulong Count { get; set; }

    public uint CountNow
    {
        get => _lab.Read<uint>(Count);
        set => _lab.Write(Count, value);
    }

    /// <summary>Where a test keeps options that go with these buffers.</summary>
    public ulong Options { get; set; }

    public uint[] KeysNow(int count) => _lab.ReadArray<uint>(Keys, count);

    public int Lookup(ulong opts, ulong inBatch = 0) =>
        _lab.Library.bpf_map_lookup_batch(_fd, inBatch, OutBatch, Keys, Values, Count, opts);

    public int LookupAndDelete(ulong opts, ulong inBatch = 0) =>
        _lab.Library.bpf_map_lookup_and_delete_batch(_fd, inBatch, OutBatch, Keys, Values, Count, opts);

    public int Update(ulong opts) => _lab.Library.bpf_map_update_batch(_fd, Keys, Values, Count, opts);

    public int Delete(ulong opts) => _lab.Library.bpf_map_delete_batch(_fd, Keys, Count, opts);

    public void Free()
    {
        foreach (ulong block in (ulong[])[Keys, Values, OutBatch, Count])
        {
            _lab.Memory.Free(block);
        }
    }
}
