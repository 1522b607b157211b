using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.EndToEnd.Tests.Host;

/// <summary>A map of the simulated kernel with the calls of <see cref="HostBpf.HostBpfMap"/>, so that one sequence can be played to both.</summary>
internal sealed class SimulatedMap : IDisposable
{
    private readonly Machine _machine;
    private readonly ISystemGate _gate;
    private readonly Libbpf _library;
    private readonly int _fd;

    public SimulatedMap(BpfMapType type, uint keySize, uint valueSize, uint maxEntries, int cpus)
    {
        _machine = Machine.Boot(new MachineOptions { Processors = cpus });
        Assert.True(_machine.LoadDriver(new EbpfCoreDriver(), out _).IsSuccess);
        _gate = _machine.Processes.Create().Gate;
        _library = new Libbpf(_gate);
        _fd = _library.bpf_map_create(type, "host_twin", keySize, valueSize, maxEntries);
        Assert.True(_fd > 0);
    }

    public int Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags = 0)
    {
        (ulong k, ulong v) = (Put(key), Put(value));
        int result = _library.bpf_map_update_elem(_fd, k, v, flags);
        Free(k, v);
        return result;
    }

    public int Lookup(ReadOnlySpan<byte> key, Span<byte> value) => Lookup(key, value, delete: false);

    public int LookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value) => Lookup(key, value, delete: true);

    public int Delete(ReadOnlySpan<byte> key)
    {
        ulong k = Put(key);
        int result = _library.bpf_map_delete_elem(_fd, k);
        Free(k);
        return result;
    }

    public void Dispose()
    {
        _library.Dispose();
        Assert.Empty(_machine.Shutdown().Leaks);
        _machine.Dispose();
    }

    private int Lookup(ReadOnlySpan<byte> key, Span<byte> value, bool delete)
    {
        (ulong k, ulong v) = (Put(key), Put(value));
        int result = delete ? _library.bpf_map_lookup_and_delete_elem(_fd, k, v) : _library.bpf_map_lookup_elem(_fd, k, v);
        if (result == 0)
        {
            _gate.Memory.Access(v, (uint)value.Length, MemoryAccess.Read, "test").CopyTo(value);
        }

        Free(k, v);
        return result;
    }

    /// <summary>A block with these bytes; NULL for none, as for a map without keys.</summary>
    private ulong Put(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return 0;
        }

        ulong address = _gate.Memory.Allocate((uint)bytes.Length);
        bytes.CopyTo(_gate.Memory.Access(address, (uint)bytes.Length, MemoryAccess.Write, "test"));
        return address;
    }

    private void Free(params ReadOnlySpan<ulong> addresses)
    {
        foreach (ulong address in addresses)
        {
            if (address != 0)
            {
                _gate.Memory.Free(address);
            }
        }
    }
}
