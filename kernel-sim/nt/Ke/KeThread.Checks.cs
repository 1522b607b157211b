using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Tracing;

namespace KernelSim.Nt.Ke;

/// <content>The checks that the thread makes, and the one that last refused.</content>
public sealed partial class KeThread
{
    private Check? _lastRefused;

    /// <summary>
    /// Traces one check (<c>SizeCheck</c>). If it failed, also records the refusal under the request id and traces
    /// <c>InvalidArgument</c> with the check's NTSTATUS and, if its row states them, the result and errno of the driver's protocol.
    /// </summary>
    /// <param name="passed">The result of the comparison.</param>
    /// <param name="check">The row of a check table: the system's, or the driver's own.</param>
    /// <param name="site">
    /// The function that makes the check, such as <c>ebpfcore:map_update_batch</c>; null on a path that reports no checks, where a refusal is only
    /// noted as <see cref="LastRefused"/>.
    /// </param>
    /// <param name="given">The number that the caller gave.</param>
    /// <param name="expected">The number that would have passed, or the limit.</param>
    /// <returns><paramref name="passed"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Require(bool passed, Check check, string? site, long given, long expected)
    {
        if (!passed || KernelEventSource.Log.IsEnabled())
        {
            CheckReport.Write(this, passed, check, site, given, expected);
        }

        return passed;
    }

    /// <summary>
    /// The check that last refused on this thread. Meaningful only right after <see cref="Require"/> has returned false, before other code
    /// makes checks.
    /// </summary>
    public Check LastRefused => _lastRefused ?? throw new InvalidOperationException("No check has refused on this thread.");

    /// <summary>The status of <see cref="LastRefused"/>: what a routine returns once <see cref="Require"/> has returned false.</summary>
    public NtStatus Refused => LastRefused.Status;

    /// <summary>
    /// Traces a refusal that follows from another one of the same request. The first one gives the reason, and remains the one that the
    /// process sees.
    /// </summary>
    public void ReportConsequence(Check check, string site, long given, long expected)
    {
        if (KernelEventSource.Log.IsEnabled())
        {
            CheckReport.Write(this, passed: false, check, site, given, expected, remember: false);
        }
    }

    /// <summary>
    /// Reports the element at which a batch stopped, the last thing before the request fails. If a check refused that element, its refusal
    /// is kept and names the element; otherwise <paramref name="check"/> is recorded for it.
    /// </summary>
    /// <param name="check">The row for an element that no check refused, such as one whose key is missing.</param>
    /// <param name="element">Index of the element within its message; those before it are done.</param>
    /// <param name="count">Number of elements in the message.</param>
    public void ReportElement(Check check, long element, long count) => CheckReport.WriteElement(this, check, element, count);

    internal void NoteRefusal(Check check) => _lastRefused = check;
}
