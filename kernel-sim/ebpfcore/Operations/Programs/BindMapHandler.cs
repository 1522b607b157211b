using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 27: adds a map to those that a program holds, whether or not its code uses it.</summary>
internal sealed class BindMapHandler() : ProgramHandler(EbpfOperationId.BindMap)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfProgram program)
    {
        EbpfResult result = call.ReferenceMap(call.Read<BindMapRequest>().MapHandle, out EbpfMap? map);
        if (map is not null)
        {
            result = program.AssociateMap(call.Caller, map);
            map.Release(call.Current);
        }

        return result;
    }
}
