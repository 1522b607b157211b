using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// <c>BPF_MAP_TYPE_PROG_ARRAY</c>: programs by index, for tail calls. No helper reads from it; user mode reads ids.
/// </summary>
internal sealed unsafe class ProgramArray : ObjectArrayMap
{
    private ProgramArray(CoreContext core, MapParameters parameters, byte* slots)
        : base(core, parameters, EbpfObjectType.Program, template: null, slots)
    {
    }

    /// <summary>The create routine of the map type. It ignores the handle of an inner map.</summary>
    public static EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        EbpfResult result = AllocateSlots(caller, parameters, out byte* slots);
        map = result == EbpfResult.Success ? new ProgramArray(caller.Core, parameters, slots) : null;
        return result;
    }

    /// <inheritdoc/>
    /// <remarks>None if keys are not indexes (indexes have 4 bytes). Takes no lock.</remarks>
    internal override EbpfObject? ProgramAt(KeThread current, uint index) =>
        KeySize == sizeof(uint) && index < Definition.MaxEntries ? Core.Objects.At(At(index)) : null;

    /// <inheritdoc/>
    /// <remarks>The first program that uses the array decides the type of all.</remarks>
    internal override EbpfResult AssociateProgram(KeThread current, Guid programType) =>
        BindProgramType(current, programType) ? EbpfResult.Success : EbpfResult.InvalidFd;
}
