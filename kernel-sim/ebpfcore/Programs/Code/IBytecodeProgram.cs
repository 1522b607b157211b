namespace KernelSim.EbpfCore.Extensions;

/// <summary>Instructions that an engine has loaded. May run on all processors at once.</summary>
public interface IBytecodeProgram
{
    /// <summary>
    /// Runs the program once: <c>ubpf_exec</c>. R1 is <see cref="HelperCall.Context"/>; helpers are called with
    /// <see cref="HelperCall.Invoke(uint, ulong, ulong, ulong, ulong, ulong)"/>. It must not allocate garbage-collected memory or block.
    /// </summary>
    /// <returns>R0; a negative number is a failure of the engine and becomes the program's result.</returns>
    long Run(in HelperCall call);
}
