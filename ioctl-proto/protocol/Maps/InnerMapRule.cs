namespace KernelSim.Protocol;

/// <summary>What the creation of a map does with the handle of an inner map.</summary>
public enum InnerMapRule
{
    /// <summary>It must be -1: <see cref="EbpfResult.InvalidArgument"/>.</summary>
    Forbidden,

    /// <summary>It is ignored.</summary>
    Ignored,

    /// <summary>It must be a map, the template: -1 is <see cref="EbpfResult.InvalidFd"/>, any other handle that is not a map
    /// <see cref="EbpfResult.InvalidObject"/>.</summary>
    Required,
}
