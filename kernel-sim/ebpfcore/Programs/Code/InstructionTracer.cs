using KernelSim.Bytecode;
using KernelSim.Nt.Ke;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// Writes an event for each instruction of one run. The engine tells of an instruction before it executes it, so the event is written when the
/// next one begins, or the run ends: by then its register has its value.
/// </summary>
/// <param name="program">The program that runs.</param>
/// <param name="words">Its instructions in words.</param>
/// <param name="thread">The thread that runs it.</param>
internal sealed class InstructionTracer(EbpfProgram program, InstructionWords words, KeThread thread) : IInstructionObserver
{
    private const int None = -1;

    private int _begun = None;

    /// <inheritdoc/>
    public void OnInstruction(ref BytecodeRun run, int instruction, ReadOnlySpan<ulong> registers)
    {
        if (_begun != None)
        {
            int register = words.RegisterWrittenBy(_begun);
            Write(ref run, register, register == None ? 0 : registers[register]);
        }

        _begun = instruction;
    }

    /// <summary>The run is over.</summary>
    /// <param name="run">The run. If it has a fault, its last instruction did not come to its end.</param>
    /// <param name="engine">The name of the engine, which may show no instructions.</param>
    /// <param name="result">R0.</param>
    public void Finish(ref BytecodeRun run, string engine, ulong result)
    {
        if (_begun == None)
        {
            KernelEventSource.Log.InstructionsNotRecorded(thread.RequestId, thread.ProcessorNumber, program.Id, program.Name, engine);
        }
        else
        {
            bool hasFaulted = run.Fault is not null;
            Write(ref run, hasFaulted ? None : 0, hasFaulted ? 0 : result);
        }
    }

    private void Write(ref BytecodeRun run, int register, ulong value) =>
        KernelEventSource.Log.Instruction(
            thread.RequestId, thread.ProcessorNumber, program.Id, program.Name, _begun, words.TextOf(_begun), register,
            MachineAddress.Of(thread.Machine, run, value), words.LineOf(_begun));
}
