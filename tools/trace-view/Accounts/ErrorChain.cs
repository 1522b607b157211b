using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceView.Accounts;

/// <summary>How an error travelled: check, ebpf_result, NTSTATUS, Win32, errno. From the trace, completed by the conversions.</summary>
internal static class ErrorChain
{
    /// <summary>The chain of a request that failed.</summary>
    public static IReadOnlyList<ChainLink> Of(RequestView request)
    {
        if (request.Fault is { } fault)
        {
            return
            [
                new("check", string.Empty, "none before the copy"),
                new("NTSTATUS", "STATUS_ACCESS_VIOLATION", $"at {fault.Site}"),
                new("errno", request.Stop?.Errno ?? string.Empty, request.Stop is null ? "the process is gone" : string.Empty),
            ];
        }

        InvalidArgumentEvent? refusal = request.Refusal;
        ErrnoMappedEvent? mapped = request.Events.OfType<ErrnoMappedEvent>().LastOrDefault();
        bool inLibrary = refusal is not null && mapped is null && refusal.Status is "none" or "";
        string crossed = inLibrary ? "never crossed into the kernel" : string.Empty;
        string kernelResult = refusal?.Result ?? mapped?.Result ?? string.Empty;
        return
        [
            new("check", refusal is null ? string.Empty : Name(refusal.Check), refusal?.Site ?? Unrefused(request)),
            new("result", kernelResult, string.Empty),
            new("NTSTATUS", inLibrary ? string.Empty : Status(request, refusal, mapped), crossed),
            new("Win32", mapped?.Win32 ?? string.Empty, crossed),
            new("errno", request.Stop?.Errno ?? refusal?.Errno ?? string.Empty, Seen(mapped, kernelResult)),
        ];
    }

    private static string Unrefused(RequestView request) =>
        Accountant.KnowsRefusals(request) ? "none refused it" : "unknown: refusals are not recorded";

    private static string Name(string check) => CheckTable.Find(check) is { } row ? $"{row.Code} {check}" : check;

    private static string Status(RequestView request, InvalidArgumentEvent? refusal, ErrnoMappedEvent? mapped) =>
        mapped?.Status
        ?? request.Ioctls.LastOrDefault(i => i.Stop is not null)?.Stop!.Status
        ?? (refusal is not null && ResultConversions.TryParse(refusal.Result, out EbpfResult result)
            ? ResultConversions.ToNtStatus(result).Name
            : string.Empty);

    /// <summary>Conversions lose information: the library may see a different result than the kernel returned.</summary>
    private static string Seen(ErrnoMappedEvent? mapped, string kernelResult) =>
        mapped is not null && kernelResult.Length > 0 && mapped.Result != kernelResult ? $"the library saw {mapped.Result}" : string.Empty;
}
