namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// A map provider's callbacks in the life of a map: <c>ebpf_base_map_provider_dispatch_table_t</c>. The store itself is the driver's.
/// </summary>
/// <param name="PreprocessMapCreate">Called before a map is created.</param>
/// <param name="PostprocessMapDelete">Called after it was deleted.</param>
/// <param name="AssociateProgramType">Called before a program uses it.</param>
public sealed record MapProviderDispatch(
    MapPreprocessCreate PreprocessMapCreate, MapPostprocessDelete PostprocessMapDelete, MapAssociateProgramType AssociateProgramType)
{
    /// <summary>Called after an element was found. Required if the provider rewrites values.</summary>
    public MapElementFilter? PostprocessFindElement { get; init; }

    /// <summary>Called before an element is stored. Required if the provider rewrites values.</summary>
    public MapElementFilter? PreprocessUpdateElement { get; init; }

    /// <summary>Called before an element is deleted. Excludes <see cref="PostprocessDeleteElement"/>.</summary>
    public MapPreprocessDeleteElement? PreprocessDeleteElement { get; init; }

    /// <summary>Called after an element was deleted. A provider that rewrites values must have one of the two.</summary>
    public MapPostprocessDeleteElement? PostprocessDeleteElement { get; init; }
}
