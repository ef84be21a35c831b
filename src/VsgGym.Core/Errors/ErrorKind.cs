namespace VsgGym.Core;

/// <summary>The class of an error; each maps to one gRPC status.</summary>
public enum ErrorKind
{
    /// <summary>The caller gave something wrong (INVALID_ARGUMENT).</summary>
    InvalidArgument,

    /// <summary>A name that exists nowhere (NOT_FOUND).</summary>
    NotFound,

    /// <summary>A call out of order (FAILED_PRECONDITION).</summary>
    FailedPrecondition,

    /// <summary>A declared limit is exceeded (RESOURCE_EXHAUSTED).</summary>
    ResourceExhausted,

    /// <summary>The numbers diverged (ABORTED).</summary>
    Numerical,
}
