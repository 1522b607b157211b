using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>Loads one program of an object file: a turn of <c>_ebpf_object_load_programs</c>.</summary>
/// <param name="program">The program.</param>
internal struct LoadObjectProgramCall(ProgramToLoad program) : ILibraryCall
{
    /// <inheritdoc/>
    public readonly int Descriptor => -1;

    /// <summary>What the check said; null if it had no objection.</summary>
    public string? Log { get; private set; }

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        EbpfResult result = ProgramLoader.Load(call, program, out NtHandle handle, out string? log);
        Log = log;
        return result == EbpfResult.Success ? call.OpenDescriptor(handle, shape: null) : result;
    }
}
