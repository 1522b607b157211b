using System.Diagnostics.Tracing;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// Traces copies between system buffer and store. Checks once whether a session is listening; if not, a copy costs one
/// branch.
/// </summary>
internal readonly unsafe ref struct CopyTrace
{
    private const int AllSlots = -1;

    private readonly KeThread _current;

    public CopyTrace(KeThread current)
    {
        _current = current;
        IsOn = KernelEventSource.Log.IsEnabled(EventLevel.Verbose, KernelEventSource.Keywords.Copy);
    }

    /// <summary>Whether a session is listening.</summary>
    public bool IsOn { get; }

    /// <summary>Traces the copy of a value, with all slots, from the system buffer to the store.</summary>
    public void Store(long element, byte* source, byte* destination, long bytes)
    {
        if (IsOn)
        {
            Write(CopyStage.MapStore, element, AllSlots, AddressOf(source), AddressOf(destination), bytes);
        }
    }

    /// <summary>Traces the copy of a value, with all slots, from the store to the system buffer.</summary>
    public void Fetch(long element, byte* source, byte* destination, long bytes)
    {
        if (IsOn)
        {
            Write(CopyStage.MapFetch, element, AllSlots, AddressOf(source), AddressOf(destination), bytes);
        }
    }

    /// <summary>Traces that a program on this processor wrote to the store; the source address is unknown (0).</summary>
    public void HelperStore(bool perCpu, byte* destination, long bytes)
    {
        if (IsOn)
        {
            Write(CopyStage.MapStore, 0, perCpu ? _current.ProcessorNumber : AllSlots, 0, AddressOf(destination), bytes);
        }
    }

    /// <summary>Traces that a program read a value from the store; the destination address is unknown (0).</summary>
    public void HelperFetch(byte* source, long bytes)
    {
        if (IsOn)
        {
            Write(CopyStage.MapFetch, 0, AllSlots, AddressOf(source), 0, bytes);
        }
    }

    private ulong AddressOf(byte* place)
    {
        Pool pool = _current.Machine.Pool;
        return pool.VirtualAddressOf(place);
    }

    private void Write(string stage, long element, int slot, ulong source, ulong destination, long bytes) =>
        KernelEventSource.Log.Copy(_current.RequestId, _current.ProcessorNumber, stage, element, slot, source, destination, bytes);
}
