using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Tests.Refusals;

/// <summary>For each check of the kernel a request that it refuses.</summary>
internal static partial class RefusalWays
{
    /// <summary>The ways, each ending with the request's status.</summary>
    public static IReadOnlyDictionary<Check, Func<RefusalBench, NtStatus>> All => Index.Ways;

    /// <summary>The rows that no request reaches, and why.</summary>
    public static IReadOnlyDictionary<Check, string> Unreachable { get; } = new Dictionary<Check, string>
    {
        [CheckTable.DriverInputBuffer] = "The I/O manager allocates a system buffer for whatever has a length.",
        [CheckTable.DriverOperationHandler] = "Every operation of the protocol has a handler.",
        [CheckTable.DriverOutputBuffer] = "A request with input has a system buffer, and output shares it.",
        [CheckTable.CoreOperationId] = "The driver has checked the operation before.",
        [CheckTable.CoreOperationHandler] = "The driver has looked for the handler before.",
        [CheckTable.CoreRequestPresent] = "The driver has checked the input's length before.",
        [CheckTable.CoreReplyUnexpected] = "The driver hands an operation without a reply no output buffer.",
        [CheckTable.CoreAsyncContext] = "The driver always passes both.",
        [CheckTable.ValidatorBufferLength] = "The driver has checked the input's length before.",
        [CheckTable.ValidatorHeaderLength] = "The dispatcher has checked the header's length before.",
        [CheckTable.ValidatorHeaderId] = "The driver has checked the operation before.",
        [CheckTable.MapUpdateOption] = "The validator refuses such an option in every request; a helper's goes to no request.",
        [CheckTable.MapBatchElement] = "It stands for an element that no check refused, and is told to the process without an event.",
        [CheckTable.MapCustomClient] = "The registrar refuses only a module that is registered already, and each map's client is new.",
        [CheckTable.MapCustomType] = "It refuses a driver that registers a provider.",
        [CheckTable.MapCustomBase] = "It refuses a driver that registers a provider.",
        [CheckTable.MapCustomDispatch] = "It refuses a driver that registers a provider.",
        [CheckTable.PinnedPathRequest] =
            "The validator refuses a request that ends before its tail, and the operation without a body rule starts it at its header.",
    };

    /// <summary>Built on first use, when the rows of every file are there.</summary>
    private static class Index
    {
        internal static readonly Dictionary<Check, Func<RefusalBench, NtStatus>> Ways =
            new[] { s_driver, s_maps, s_objects, s_programs, s_rings, s_native }
                .SelectMany(rows => rows)
                .ToDictionary(row => row.Check, row => row.Way);
    }
}
