using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KernelSim.Bytecode.Compiler;

/// <summary>A program whose functions are machine code.</summary>
internal sealed unsafe class CompiledProgram(BytecodeImage image, int frames, CompiledCode code) : IBytecodeProgram
{
    private readonly int _used = BytecodeRun.FrameSize * frames;

    [SkipLocalsInit]
    public ulong Run(ref BytecodeRun run)
    {
        byte* stack = stackalloc byte[BytecodeRun.FrameSize * BytecodeRun.MaxFrames];
        byte* top = stack + (BytecodeRun.FrameSize * BytecodeRun.MaxFrames);
        NativeMemory.Clear(top - _used, (nuint)_used);
        run.Start(image, top);
        try
        {
            return code(ref run, run.R1, run.R2, 0, 0, 0, (ulong)top);
        }
        finally
        {
            run.Finish();
        }
    }
}
