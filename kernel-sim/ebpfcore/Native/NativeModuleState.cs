namespace KernelSim.EbpfCore.Native;

/// <summary>Where a module is in its life: <c>ebpf_native_module_state_t</c>.</summary>
internal enum NativeModuleState
{
    /// <summary>Its driver has introduced it.</summary>
    Uninitialized,

    /// <summary>Operation 31 makes a handle of it.</summary>
    Initializing,

    /// <summary>It has a handle; its programs can be loaded.</summary>
    Initialized,

    /// <summary>Operation 32 makes its maps and programs. Where that fails it stays here, and goes with its handle.</summary>
    Loading,

    /// <summary>Its programs are there.</summary>
    Loaded,

    /// <summary>Nobody needs it any more.</summary>
    Unloading,
}
