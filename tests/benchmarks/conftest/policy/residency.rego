# What `residency check` finds in the measured states, written for conftest as a person would write it: data and its copies
# stay in the European Economic Area. One finding a placement: resource, what it is, and the place.
package main

import rego.v1

# The places that the measured states use; any other is outside, as a list of what is allowed would have it.
eea := {
	"eu-west-1", "eu-west-3", "eu-north-1", "eu-central-1", "eu-south-1", "eu-south-2",
	"europe-west1", "europe-west3", "europe-west4", "europe-west8", "europe-west9", "europe-west10", "europe-west12",
	"europe-north1", "europe-north2", "europe-central2", "europe-southwest1", "eu",
}

resources := input.deployment.resources

# Objects made once: a rule with a key in its head would walk all resources again at every look-up.
# A resource names its provider instance by urn and id; the instance has the default region.
provider_region := {reference: resource.inputs.region |
	some resource in resources
	startswith(resource.type, "pulumi:providers:")
	reference := concat("::", [resource.urn, resource.id])
}

by_type := {token: listed |
	some token in tokens
	listed := [resource | some resource in resources; resource.type == token]
}

tokens := {
	"aws:s3/bucket:Bucket", "aws:s3/bucketReplicationConfig:BucketReplicationConfig", "aws:dynamodb/table:Table",
	"aws:ebs/volume:Volume", "aws:sqs/queue:Queue", "gcp:compute/disk:Disk", "gcp:storage/bucket:Bucket",
}

# An S3 ARN has no region: the bucket that it names has.
bucket_region := {resource.outputs.arn: region |
	some resource in by_type["aws:s3/bucket:Bucket"]
	region := aws_region(resource)
}

aws_region(resource) := resource.inputs.region

aws_region(resource) := provider_region[resource.provider] if not resource.inputs.region

# `eu-west-1a` is a zone of `eu-west-1`, `europe-west1-b` one of `europe-west1`.
region_of(place) := substring(place, 0, count(place) - 1) if regex.match(`^[a-z]+-[a-z]+-[0-9][a-z]$`, place)

region_of(place) := substring(place, 0, count(place) - 2) if regex.match(`^[a-z]+-[a-z]+[0-9]+-[a-z]$`, place)

region_of(place) := lower(place) if not regex.match(`^[a-z]+-([a-z]+-[0-9][a-z]|[a-z]+[0-9]+-[a-z])$`, place)

outside(place) if not region_of(place) in eea

denied(resource, kind, place) := sprintf("%s of `%s` would be placed in `%s`", [kind, resource.urn, place])

has_data := {"aws:s3/bucket:Bucket", "aws:dynamodb/table:Table", "aws:ebs/volume:Volume", "aws:sqs/queue:Queue"}

deny contains denied(resource, "data", place) if {
	some resource in resources
	resource.type in has_data
	place := aws_region(resource)
	outside(place)
}

deny contains denied(resource, "data", place) if {
	some resource in resources
	resource.type == "aws:ebs/volume:Volume"
	place := resource.inputs.availabilityZone
	outside(place)
}

deny contains denied(resource, "replica", place) if {
	some resource in resources
	resource.type == "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
	some rule in resource.inputs.rules
	rule.status != "Disabled"
	place := bucket_region[rule.destination.bucket]
	outside(place)
}

# A destination that is not in the state cannot be judged, so it is refused.
deny contains denied(resource, "replica", "a bucket that is not in the state") if {
	some resource in resources
	resource.type == "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
	some rule in resource.inputs.rules
	rule.status != "Disabled"
	not bucket_region[rule.destination.bucket]
}

deny contains denied(resource, "replica", replica.regionName) if {
	some resource in resources
	resource.type == "aws:dynamodb/table:Table"
	some replica in resource.inputs.replicas
	outside(replica.regionName)
}

deny contains denied(resource, "data", resource.inputs.zone) if {
	some resource in resources
	resource.type == "gcp:compute/disk:Disk"
	outside(resource.inputs.zone)
}

deny contains denied(resource, "data", place) if {
	some resource in resources
	resource.type == "gcp:storage/bucket:Bucket"
	place := object.get(resource.inputs, "location", "US")
	outside(place)
}
