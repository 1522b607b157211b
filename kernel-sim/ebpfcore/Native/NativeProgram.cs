using KernelSim.EbpfCore.Programs;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// A program's body. It runs at its hook's level, on several processors at once, and keeps its state in maps.
/// </summary>
/// <param name="context">The program's context and helpers; nothing obtained from it may outlive the call.</param>
/// <returns>The program's result, as defined by its type.</returns>
public delegate uint NativeProgram(EbpfProgramContext context);
