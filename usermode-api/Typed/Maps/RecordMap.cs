using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>A map whose contents are records: it has no keys. <see cref="BpfMap.MaxEntries"/> is the size of each ring in bytes.</summary>
public abstract class RecordMap : BpfMap
{
    private protected RecordMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    private protected bool TryWrite(ReadOnlySpan<byte> record, BpfMapType type)
    {
        ISystemGate gate = Session.Library.Gate;
        ulong data = gate.Memory.Allocate((uint)record.Length);
        try
        {
            record.CopyTo(gate.Memory.Access(data, (uint)record.Length, MemoryAccess.Write, "application:record"));
            WriteRecordCall write = new(Descriptor, data, (ulong)record.Length, type);
            CallOutcome outcome = Session.Library.Execute("RecordMap.TryWrite", ref write);
            return !outcome.Ended && outcome.Result is (EbpfResult.Success or EbpfResult.NoMemory)
                ? outcome.Result == EbpfResult.Success
                : throw Session.Failure("RecordMap.TryWrite", Shape, outcome);
        }
        finally
        {
            gate.Memory.Free(data);
        }
    }
}
