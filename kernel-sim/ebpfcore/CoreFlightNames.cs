using System.Runtime.InteropServices;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore;

/// <summary>The driver's names for readers of the flight recorder: eBPF's operations and checks, and the driver's own kinds of records.</summary>
public sealed class CoreFlightNames : IFlightNames
{
    /// <summary>A thread entered an epoch. Checked builds only.</summary>
    public const FlightKind EpochEnter = FlightKind.FirstOfDrivers;

    /// <summary>A thread left an epoch. Checked builds only.</summary>
    public const FlightKind EpochLeave = FlightKind.FirstOfDrivers + 1;

    /// <summary>A computation of the epochs has ended.</summary>
    public const FlightKind EpochAdvance = FlightKind.FirstOfDrivers + 2;

    private static readonly FlightWording[] s_wordings =
    [
        new(EpochEnter, "epoch_enter", static (e, _) => FormattableString.Invariant($"epoch {e.Numbers[0]}")),
        new(EpochLeave, "epoch_leave", static (e, _) => FormattableString.Invariant($"epoch {e.Numbers[0]}")),
        new(EpochAdvance, "epoch_advance", static (e, _) => FormattableString.Invariant(
            $"epochs up to {e.Numbers[0]} have ended, {e.Numbers[1]} blocks freed or work items run")),
    ];

    private CoreFlightNames()
    {
    }

    /// <summary>The names; they do not depend on a machine.</summary>
    public static CoreFlightNames Instance { get; } = new();

    /// <inheritdoc/>
    public string? OperationOf(IoControlCode code, ReadOnlySpan<byte> start) =>
        code == EbpfDevice.ControlCode && start.Length >= OperationHeader.ByteCount && start.ContainsAnyExcept((byte)0)
            ? OperationTable.Find(MemoryMarshal.Read<OperationHeader>(start).Id)?.Name
            : null;

    /// <inheritdoc/>
    public Check? CheckOf(int number) => CheckTable.Find(number);

    /// <inheritdoc/>
    public FlightWording? WordingOf(FlightKind kind) => Array.Find(s_wordings, w => w.Kind == kind);
}
