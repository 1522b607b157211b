namespace KernelSim.EbpfCore.Extensions;

/// <summary>Instructions that an engine has loaded. Run on all processors at once.</summary>
public interface IBytecodeProgram
{
    /// <summary>
    /// Runs it once: <c>ubpf_exec</c>. R1 is <see cref="HelperCall.Context"/>; helpers are called with <see cref="HelperCall.Invoke"/>.
    /// It makes no garbage and does not block.
    /// </summary>
    /// <returns>R0; a negative number stands for a failure of the engine and becomes the program's result.</returns>
    long Run(in HelperCall call);
}
