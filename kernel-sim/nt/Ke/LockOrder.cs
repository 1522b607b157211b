using System.Numerics;
using System.Runtime.CompilerServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// Checks that locks are acquired in the order of their ranks. On in Debug builds, and where the runtime configuration sets
/// <see cref="Switch"/>, as that of every test project does.
/// </summary>
public static class LockOrder
{
    /// <summary>The option of the runtime configuration that turns the check on or off.</summary>
    public const string Switch = "KernelSim.CheckLockOrder";

    /// <summary>Whether the order is checked. A constant to the JIT: where it is false, the check is not compiled.</summary>
    public static readonly bool IsChecked = AppContext.TryGetSwitch(Switch, out bool isOn) ? isOn : IsDebugBuild;

    // The first parameter of DRIVER_VERIFIER_DETECTED_VIOLATION: lock hierarchy violation.
    private const ulong HierarchyViolation = 0x1001;

#if DEBUG
    private const bool IsDebugBuild = true;
#else
    private const bool IsDebugBuild = false;
#endif

    // Host locks are also taken by threads outside of any kernel, which have no KeThread.
    [ThreadStatic]
    private static ulong s_hostRanks;

    /// <summary>
    /// Bugchecks unless each lock that the thread holds has a lower rank. Called before it spins: a deadlock is reported, not entered.
    /// </summary>
    internal static void Require(KeThread current, byte rank)
    {
        ulong above = (current.HeldRanks | s_hostRanks) >> rank;
        if (rank != 0 && above != 0)
        {
            Violated(current, rank, rank + BitOperations.TrailingZeroCount(above));
        }
    }

    // Callers test IsChecked, so that these calls are not even candidates for inlining where it is false.
    internal static void Acquired(KeThread current, byte rank) => current.HeldRanks |= 1UL << rank;

    internal static void Released(KeThread current, byte rank) => current.HeldRanks &= ~(1UL << rank);

    /// <summary>Notes that the host thread acquires one of the simulator's own locks. Their ranks are above those of all others.</summary>
    internal static void EnterHost(byte rank)
    {
        ulong above = s_hostRanks >> rank;
        if (above != 0)
        {
            throw new InvalidOperationException(Describe(LockRank.OfSystem, rank, rank + BitOperations.TrailingZeroCount(above)));
        }

        s_hostRanks |= 1UL << rank;
    }

    internal static void ExitHost(byte rank) => s_hostRanks &= ~(1UL << rank);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Violated(KeThread current, int rank, int held)
    {
        current.Machine.BugCheck(
            BugcheckCode.DriverVerifierDetectedViolation,
            [HierarchyViolation, (ulong)rank, (ulong)held, (ulong)current.ProcessorNumber],
            Describe(current.Machine.LockRanks(), rank, held));
    }

    private static string Describe(IEnumerable<LockRank> ranks, int rank, int held) =>
        $"Lock {Find(ranks, rank) ?? $"of rank {rank}"} was acquired while {Find(ranks, held) ?? $"one of rank {held}"} was held; ranks must ascend.";

    // Drivers that do not know each other may use one number.
    private static string? Find(IEnumerable<LockRank> ranks, int number) =>
        string.Join(" or ", ranks.Where(r => r.Number == number).Distinct()) is { Length: > 0 } names ? names : null;
}
