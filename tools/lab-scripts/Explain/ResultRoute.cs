using System.Diagnostics.CodeAnalysis;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.LabScripts.Explain;

/// <summary>How one result of the driver travels to the calling program.</summary>
/// <param name="Result">The driver's result; null for a status that stands for no result.</param>
/// <param name="Status">The NTSTATUS that the request completed with.</param>
/// <param name="Win32">What <c>DeviceIoControl</c> left in the last error.</param>
/// <param name="SeenAs">The result that the library decoded from it.</param>
/// <param name="Errno">The errno that the program gets.</param>
internal sealed record ResultRoute(EbpfResult? Result, NtStatus Status, Win32Error Win32, EbpfResult SeenAs, Errno Errno)
{
    /// <summary>The route of every result, by number.</summary>
    public static IReadOnlyList<ResultRoute> All { get; } =
        [.. Enum.GetValues<EbpfResult>().Order().Select(r => Of(r, ResultConversions.ToNtStatus(r)))];

    /// <summary>The routes of the named statuses that stand for no result: only the I/O manager and the dispatch routine return them.</summary>
    public static IReadOnlyList<ResultRoute> StatusesWithoutResult { get; } =
    [
        .. Named<NtStatus>()
            .Where(s => All.All(r => r.Status != s))
            .OrderBy(s => s.Value)
            .Select(s => Of(null, s)),
    ];

    /// <summary>The route of one result.</summary>
    public static ResultRoute Of(EbpfResult result) => All[(int)result];

    /// <summary>
    /// The routes of a refusal: one, except for a check that passes on other results. The library's own refusals stay in user mode, so their
    /// status and Win32 error are those that the same result would have had.
    /// </summary>
    public static IReadOnlyList<ResultRoute> Of(Check check)
    {
        if (check == CheckTable.MapBatchElement)
        {
            // Elements that are refused by a check of their own report that check.
            return [Of(EbpfResult.KeyNotFound), Of(EbpfResult.ObjectAlreadyExists)];
        }

        if (check.RefusesAttachment)
        {
            // The request that started the driver finds no module.
            return Of(CheckTable.NativeModulePresent);
        }

        ResultRoute route = Of(check.Result, check.Status);
        return [IsOfTheLibrary(check) ? route with { SeenAs = check.Result, Errno = check.Errno } : route];
    }

    /// <summary>True for a check of the user library: no request is sent.</summary>
    public static bool IsOfTheLibrary(Check check) => check.IsOfTheLibrary;

    /// <summary>Every value of a code type that has a name: its public static fields.</summary>
    public static IEnumerable<T> Named<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] T>() =>
        typeof(T).GetFields().Where(f => f.IsStatic && f.FieldType == typeof(T)).Select(f => (T)f.GetValue(null)!);

    private static ResultRoute Of(EbpfResult? result, NtStatus status)
    {
        EbpfResult seen = ResultConversions.SeenThroughIoctl(status);
        return new ResultRoute(
            result, status, ResultConversions.ToDeviceIoControlError(status), seen, ResultConversions.ToErrno(seen));
    }
}
