namespace KernelSim.Protocol.Checks;

// 49xx: what handlers of batch operations report about single elements.
public static partial class CheckTable
{
    /// <summary>An element in the middle of a batch.</summary>
    public static readonly Check MapBatchElement = new(
        4901,
        "map.batch.element",
        "A batch update or delete stops at the first element that fails; those before it stay done.",
        "elements done = elements in the message; the element numbered with the elements done is the one that failed",
        EbpfResult.Failed,
        "Look at the element that failed (its key is there already, or is missing, or is out of range) and go on after it.");
}
