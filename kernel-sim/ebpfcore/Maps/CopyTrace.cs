using System.Diagnostics.Tracing;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// Tells the trace of copies between system buffer and store. Asks once whether anybody listens; when nobody does, a copy costs one
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

    /// <summary>Whether anybody listens.</summary>
    public bool IsOn { get; }

    /// <summary>A value, all slots, went from the system buffer into the store.</summary>
    public void Store(long element, byte* source, byte* destination, long bytes)
    {
        if (IsOn)
        {
            Write(CopyStage.MapStore, element, AllSlots, AddressOf(source), AddressOf(destination), bytes);
        }
    }

    /// <summary>A value, all slots, went from the store into the system buffer.</summary>
    public void Fetch(long element, byte* source, byte* destination, long bytes)
    {
        if (IsOn)
        {
            Write(CopyStage.MapFetch, element, AllSlots, AddressOf(source), AddressOf(destination), bytes);
        }
    }

    /// <summary>A program on this processor wrote into the store; where the value was before is the program's own affair (0).</summary>
    public void HelperStore(bool perCpu, byte* destination, long bytes)
    {
        if (IsOn)
        {
            Write(CopyStage.MapStore, 0, perCpu ? _current.ProcessorNumber : AllSlots, 0, AddressOf(destination), bytes);
        }
    }

    /// <summary>A program took a value out of the store; where it goes is the program's own affair (0).</summary>
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
