using System.Runtime.CompilerServices;

namespace KernelSim.Bytecode.Compiler;

/// <summary>A program whose functions are machine code.</summary>
internal sealed unsafe class CompiledProgram(BytecodeImage image, int frames, CompiledFunction code) : IBytecodeProgram
{
    private readonly int _used = StackUse.Of(image, frames);

    [SkipLocalsInit]
    public ulong Run(ref BytecodeRun run)
    {
        byte* stack = stackalloc byte[BytecodeRun.FrameSize * BytecodeRun.MaxFrames];
        byte* top = stack + (BytecodeRun.FrameSize * BytecodeRun.MaxFrames);
        new Span<byte>(top - _used, _used).Clear();
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
