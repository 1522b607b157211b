using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Programs;

/// <summary>A general helper: what the verifier knows of it, and what runs.</summary>
/// <param name="Prototype">Its number, name and types.</param>
/// <param name="Implementation">Its body; null when only an extension can provide one.</param>
internal sealed record HelperRow(HelperPrototype Prototype, HelperFunction? Implementation);
