namespace KernelSim.TraceAnalysis.Events;

/// <summary>The layout that the library assumes for the elements of a batch: the library's testimony.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Function">The function called.</param>
/// <param name="KeySize">Key size in bytes.</param>
/// <param name="ValueSize">Size of one CPU's value in bytes.</param>
/// <param name="Stride">Distance in bytes from one CPU's value to the next.</param>
/// <param name="Total">Size in bytes of one element's value, all CPUs.</param>
/// <param name="Cpus">Number of CPUs with a value.</param>
/// <param name="ElementsPerMessage">Maximum number of elements in one message.</param>
public sealed record BatchLayoutEvent(
    EventHeader Header,
    string Function,
    long KeySize,
    long ValueSize,
    long Stride,
    long Total,
    int Cpus,
    long ElementsPerMessage)
    : TracedEvent(Header);
