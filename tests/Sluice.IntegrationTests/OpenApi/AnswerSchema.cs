using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Sluice.AspNetCore.Results;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>
/// What the generator does not know of our answers: a member that is null is left out (<c>ResponseJson</c>), so it is not required, and
/// never null; all others are there. And what the doc comments of the records say.
/// </summary>
internal sealed class AnswerSchema : IOpenApiSchemaTransformer
{
    private readonly DocComments _comments = DocComments.Of(typeof(ProblemResponse).Assembly);

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        schema.Type &= ~JsonSchemaType.Null;
        if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Object } type)
        {
            schema.Required = type.Properties.Where(static property => !property.IsGetNullable)
                .Select(static property => property.Name)
                .ToHashSet();
            schema.Description = _comments.Summary(type.Type);
        }

        if (context.JsonPropertyInfo is { } member)
        {
            schema.Description = _comments.Parameter(member.DeclaringType, (member.AttributeProvider as MemberInfo)?.Name ?? member.Name)
                ?? schema.Description;
        }

        return Task.CompletedTask;
    }
}
