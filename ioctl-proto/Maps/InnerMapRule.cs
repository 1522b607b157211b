namespace KernelSim.Protocol;

/// <summary>What creating a map does with the handle of an inner map.</summary>
public enum InnerMapRule
{
    /// <summary>It must be -1: <see cref="EbpfResult.InvalidArgument"/>.</summary>
    Forbidden,

    /// <summary>It is not looked at.</summary>
    Ignored,

    /// <summary>It must be a map, the template: -1 is <see cref="EbpfResult.InvalidFd"/>, anything else that is no map
    /// <see cref="EbpfResult.InvalidObject"/>.</summary>
    Required,
}
