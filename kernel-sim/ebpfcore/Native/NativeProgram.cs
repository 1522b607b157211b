using KernelSim.EbpfCore.Programs;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// A program's body. It runs at its hook's level, on several processors at once, and keeps what it wants to keep in maps.
/// </summary>
/// <param name="context">What it has; nothing out of it may outlive the call.</param>
/// <returns>The program's result, as its type understands it.</returns>
public delegate uint NativeProgram(EbpfProgramContext context);
