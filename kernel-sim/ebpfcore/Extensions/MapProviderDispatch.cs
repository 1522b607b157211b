namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// What a map provider does at each step of a map's life: <c>ebpf_base_map_provider_dispatch_table_t</c>. The store itself is the driver's.
/// </summary>
/// <param name="PreprocessMapCreate">Before a map is created.</param>
/// <param name="PostprocessMapDelete">After it has gone.</param>
/// <param name="AssociateProgramType">Before a program uses it.</param>
public sealed record MapProviderDispatch(
    MapPreprocessCreate PreprocessMapCreate, MapPostprocessDelete PostprocessMapDelete, MapAssociateProgramType AssociateProgramType)
{
    /// <summary>After an element was found. A provider that rewrites values must have it.</summary>
    public MapElementFilter? PostprocessFindElement { get; init; }

    /// <summary>Before an element is stored. A provider that rewrites values must have it.</summary>
    public MapElementFilter? PreprocessUpdateElement { get; init; }

    /// <summary>Before an element goes. Not together with <see cref="PostprocessDeleteElement"/>.</summary>
    public MapPreprocessDeleteElement? PreprocessDeleteElement { get; init; }

    /// <summary>After an element has gone. A provider that rewrites values must have this one or the other.</summary>
    public MapPostprocessDeleteElement? PostprocessDeleteElement { get; init; }
}
