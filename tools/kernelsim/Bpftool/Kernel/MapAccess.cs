using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.Tool.Bpftool.Kernel;

/// <summary>An open map, with a key, a next key and a value in the process's heap for the calls on it.</summary>
internal sealed class MapAccess : IDisposable
{
    private readonly BpftoolKernel _kernel;
    private readonly HeapBlock _key;
    private readonly HeapBlock _next;
    private readonly HeapBlock _value;

    /// <summary>Takes a descriptor over, and allocates the blocks.</summary>
    public MapAccess(BpftoolKernel kernel, int fd, BpfMapInfo info)
    {
        _kernel = kernel;
        Fd = fd;
        Info = info;
        Name = info.Name.ToString();
        Traits = MapTypeTable.Find(info.Type);
        PerCpuLayout.TryCreate(info.Type, info.ValueSize, kernel.Processors, out PerCpuLayout layout);
        Layout = layout;
        _key = new HeapBlock(kernel.Memory, info.KeySize);
        _next = new HeapBlock(kernel.Memory, info.KeySize);
        _value = new HeapBlock(kernel.Memory, Layout.Total);
    }

    /// <summary>The descriptor.</summary>
    public int Fd { get; }

    /// <summary>The facts about it.</summary>
    public BpfMapInfo Info { get; }

    /// <summary>Its name; maybe empty.</summary>
    public string Name { get; }

    /// <summary>The row of its type; null for a number that is none.</summary>
    public MapTypeTraits? Traits { get; }

    /// <summary>Where the CPUs' values are in a value.</summary>
    public PerCpuLayout Layout { get; }

    /// <summary>Whether it has a value for each CPU.</summary>
    public bool IsPerCpu => Traits?.Contents == MapContents.PerCpuValues;

    /// <summary>Whether its values stand for maps.</summary>
    public bool HoldsMaps => Traits?.Contents == MapContents.Maps;

    /// <summary>Whether its values stand for programs.</summary>
    public bool HoldsPrograms => Traits?.Contents == MapContents.Programs;

    /// <summary>The key of the next call.</summary>
    public Span<byte> Key => _key.Bytes;

    /// <summary>The key that the last call found.</summary>
    public ReadOnlySpan<byte> Next => _next.Bytes;

    /// <summary>The value of the next update, or what the last look-up found: all CPUs' values.</summary>
    public Span<byte> Value => _value.Bytes;

    /// <summary>A CPU's value.</summary>
    public ReadOnlySpan<byte> ValueOf(int cpu) => _value.Bytes.AsSpan((int)Layout.SlotOffset(cpu), (int)Info.ValueSize);

    /// <summary><c>bpf_map_lookup_elem</c>.</summary>
    public int Lookup() => Find(delete: false);

    /// <summary><c>bpf_map_lookup_and_delete_elem</c>.</summary>
    public int LookupAndDelete() => Find(delete: true);

    /// <summary><c>bpf_map_update_elem</c>.</summary>
    public int Update(ulong flags)
    {
        _key.Push();
        _value.Push();
        return _kernel.Library.bpf_map_update_elem(Fd, _key.Address, _value.Address, flags);
    }

    /// <summary><c>bpf_map_delete_elem</c>.</summary>
    public int Delete()
    {
        _key.Push();
        return _kernel.Library.bpf_map_delete_elem(Fd, _key.Address);
    }

    /// <summary><c>bpf_map_get_next_key</c>.</summary>
    /// <param name="first">Whether to find the first key, not the one after the key.</param>
    public int NextKey(bool first)
    {
        _key.Push();
        int result = _kernel.Library.bpf_map_get_next_key(Fd, first ? 0 : _key.Address, _next.Address);
        if (result == 0)
        {
            _next.Pull();
        }

        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        _next.Dispose();
        _value.Dispose();
        _kernel.Close(Fd);
    }

    private int Find(bool delete)
    {
        _key.Push();
        int result = delete
            ? _kernel.Library.bpf_map_lookup_and_delete_elem(Fd, _key.Address, _value.Address)
            : _kernel.Library.bpf_map_lookup_elem(Fd, _key.Address, _value.Address);
        if (result == 0)
        {
            _value.Pull();
        }

        return result;
    }
}
