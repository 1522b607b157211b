using System.Diagnostics.Tracing;
using KernelSim.Tracing;

namespace KernelSim.Tool.Lab.Grading.Programs;

/// <summary>
/// Tells an <see cref="Interleaving"/> of each instruction that the interpreter executes. It writes its events on the program's thread, which is
/// where a program of bytecode can be stopped.
/// </summary>
internal sealed class InstructionStops : EventListener
{
    private const string Line = "line";

    private readonly Interleaving _interleaving;

    /// <summary>Begins to listen.</summary>
    public InstructionStops(Interleaving interleaving)
    {
        _interleaving = interleaving;
        EnableEvents(KernelEventSource.Log, EventLevel.Verbose, KernelEventSource.Keywords.Instruction);
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName == nameof(KernelEventSource.Instruction))
        {
            int line = eventData.PayloadNames?.IndexOf(Line) ?? -1;
            _interleaving.Step(line >= 0 ? eventData.Payload?[line] as string ?? "" : "");
        }
    }
}
