using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Programs;

/// <summary>The steps of creating a program, in upstream's order: <c>ebpf_program_create</c>.</summary>
internal static class ProgramCreation
{
    /// <summary>Creates a program and assigns its id. The caller owns its only reference. At PASSIVE_LEVEL, in an epoch.</summary>
    public static EbpfResult Run(in Caller caller, ProgramParameters parameters, out EbpfProgram? program)
    {
        KeThread current = caller.Current;
        program = null;
        bool hasType = parameters.ProgramType != Guid.Empty;
        if (!caller.Require(hasType, CheckTable.ProgramCreateType, hasType ? 1 : 0, 1))
        {
            return caller.Refused;
        }

        int length = parameters.Name.Length;
        if (!caller.Require(length < EbpfLimits.MapNameLength, CheckTable.ProgramCreateName, length, EbpfLimits.MapNameLength - 1))
        {
            return caller.Refused;
        }

        EbpfProgram created = new(caller.Core, parameters);
        EbpfResult result = created.Providers.Register(current);
        if (!caller.Require(result == EbpfResult.Success, CheckTable.ProgramCreateProvider, result == EbpfResult.Success ? 1 : 0, 1))
        {
            created.Providers.Deregister(current);
            return result;
        }

        caller.Core.Objects.Add(current, created);
        KernelEventSource.Log.ProgramCreate(
            current.RequestId, current.ProcessorNumber, created.Id, created.Name, created.SectionName, created.ProgramTypeName);
        program = created;
        return EbpfResult.Success;
    }
}
