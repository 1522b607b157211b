using System.Diagnostics.Tracing;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.Nt.Ke;

/// <summary>Reports a check: always to the trace, and if it failed to the process that was refused.</summary>
internal static class CheckReport
{
    /// <summary>Writes the events of a check and, if it failed, records the refusal for the process.</summary>
    /// <remarks>
    /// <c>remember</c> is false for a consequence of another refusal, which remains the one that the process sees.
    /// </remarks>
    public static void Write(KeThread current, bool passed, Check check, string? site, long given, long expected, bool remember = true)
    {
        ArgumentNullException.ThrowIfNull(check);
        bool refused = !passed && remember;
        if (site is not null)
        {
            if (refused)
            {
                current.Machine.Refusals.Remember(
                    current.KernelProcess ?? current.Requestor, current.RequestId, new CheckRefusal(check.Number, given, expected));
                current.RecordRefusal(FlightKind.Refusal, check.Number, check.Status.Value, given, expected, element: -1);
            }

            Trace(current, passed, check, site, given, expected);
            if (refused)
            {
                KernelSimMeter.Refused(check.Id);
            }
        }

        if (refused)
        {
            // After the events: a listener may call into the kernel from them, and the checks of that call note their own refusals.
            current.NoteRefusal(check);
        }
    }

    /// <summary>See <see cref="KeThread.ReportElement"/>.</summary>
    public static void WriteElement(KeThread current, Check check, long element, long count)
    {
        ArgumentNullException.ThrowIfNull(check);
        RefusalLog refusals = current.Machine.Refusals;
        if (refusals.TryMark(current.KernelProcess, current.RequestId, element))
        {
            current.RecordRefusal(FlightKind.RefusedElement, check.Number, check.Status.Value, element, count, element);
        }
        else
        {
            current.RecordRefusal(FlightKind.Refusal, check.Number, check.Status.Value, element, count, element);
            refusals.Remember(current.KernelProcess, current.RequestId, new CheckRefusal(check.Number, element, count, element));
        }
    }

    private static void Trace(KeThread current, bool passed, Check check, string site, long given, long expected)
    {
        if (KernelEventSource.Log.IsEnabled(EventLevel.Verbose, KernelEventSource.Keywords.Check))
        {
            string what = check.Id[(check.Id.LastIndexOf('.') + 1)..];
            KernelEventSource.Log.SizeCheck(current.RequestId, current.ProcessorNumber, check.Id, what, given, expected, passed);
        }

        if (!passed && KernelEventSource.Log.IsEnabled())
        {
            KernelEventSource.Log.InvalidArgument(
                current.RequestId, current.ProcessorNumber, check.Id, site, check.ResultName, check.Status.Name, check.ErrnoName);
        }
    }
}
