using KernelSim.EbpfCore.Maps;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 42: gives the process a handle of one part of a ring's memory, to map a view of. The view size of the data is the ring's capacity,
/// although the section (and so its view) contains the data twice, back to back.
/// </summary>
internal sealed class RingBufferMapMapBufferHandler() : RingHandler(EbpfOperationId.RingBufferMapMapBuffer, CheckTable.MapRingSupported)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, RingMap map)
    {
        RingBufferMapMapBufferRequest request = call.Read<RingBufferMapMapBufferRequest>();
        if (RingAt(call, map, request.Index) is not { } ring)
        {
            return call.Refused;
        }

        var part = (RingBufferUserSection)request.Section;
        MmSection? section = ring.Memory.Section(part);
        if (!call.Require(section is not null, CheckTable.RingSection, request.Section, (long)RingBufferUserSection.Data))
        {
            return call.Refused;
        }

        NtHandle handle = NtHandle.Invalid;
        bool inserted = call.Process is { } process && process.Handles.Insert(section!, out handle).IsSuccess;
        if (!call.Require(inserted, CheckTable.RingSectionHandle, call.Process?.Handles.Count ?? 0, 0))
        {
            return call.Refused;
        }

        call.WriteBody(new RingBufferMapMapBufferReply
        {
            SectionHandle = (ulong)handle.Value,
            ViewSize = part == RingBufferUserSection.Data ? ring.Capacity : section!.Length,
        });
        return EbpfResult.Success;
    }
}
