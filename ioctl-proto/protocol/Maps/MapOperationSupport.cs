using static KernelSim.Protocol.MapOperation;

namespace KernelSim.Protocol;

/// <summary>The operations that a kind of map types supports, and how it refuses the others.</summary>
internal sealed class MapOperationSupport
{
    public static readonly MapOperationSupport None = new([]);

    public static readonly MapOperationSupport OfHashes = new(
        [Find, FindAndDelete, Update, Delete, NextKey, BatchGet, BatchGetAndDelete], invalid: [HelperPush, HelperPop]);

    public static readonly MapOperationSupport OfArraysAndTries = new(
        [Find, Update, Delete, NextKey, BatchGet, BatchGetAndDelete], invalid: [FindAndDelete, HelperPush, HelperPop]);

    public static readonly MapOperationSupport OfMapsOfObjects = new(
        [Find, UpdateWithHandle, Delete, NextKey, BatchGet, BatchGetAndDelete], invalid: [FindAndDelete, HelperPop]);

    public static readonly MapOperationSupport OfQueuesAndStacks = new([Find, FindAndDelete, Update, HelperPush, HelperPop]);

    public static readonly MapOperationSupport OfRings = new([Ring]);

    public static readonly MapOperationSupport OfCustomTypes = new(
        [Find, FindAndDelete, Update, Delete, NextKey], invalid: [HelperPush, HelperPop]);

    /// <param name="supported">The operations that the types support.</param>
    /// <param name="invalid">Those refused as an invalid argument. All others are not supported.</param>
    private MapOperationSupport(MapOperation[] supported, MapOperation[]? invalid = null) =>
        Answers =
        [
            .. Enum.GetValues<MapOperation>().Select(o =>
                supported.Contains(o) ? EbpfResult.Success
                : invalid?.Contains(o) == true ? EbpfResult.InvalidArgument
                : EbpfResult.OperationNotSupported),
        ];

    /// <summary>The result of each operation, by its number.</summary>
    public EbpfResult[] Answers { get; }
}
